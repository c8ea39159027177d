"""回音 Huiyin: the platform on which a procuratorate answers deputies, lawyers and citizens."""
