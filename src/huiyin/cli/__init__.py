"""Cli: the `huiyin` command line, how administrators work. Business imports run at the desk; here counts only.

Each module with a function `add(commands)` brings its subcommands; Django is imported inside the functions that run,
after main.py chose the settings. Start at main.py."""
