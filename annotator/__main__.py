"""`python -m annotator`: the commands without a window."""

from annotator.cli import cli

if __name__ == "__main__":
    cli(prog_name="annotator")
