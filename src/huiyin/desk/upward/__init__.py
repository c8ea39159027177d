"""报送上级院: copies of the handling of higher deputies' suggestions."""
