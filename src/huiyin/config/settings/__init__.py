"""Settings: `base` holds everything; `demo`, `test` and `production` only override."""
