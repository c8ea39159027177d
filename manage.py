#!/usr/bin/env python3
"""For developers; administrators use the `huiyin` command."""

import os
import sys

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "huiyin.config.settings.demo")
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)
