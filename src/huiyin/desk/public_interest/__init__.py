"""公益诉讼转化 between suggestions and public-interest cases: the list, one conversion, its papers and their copies."""
