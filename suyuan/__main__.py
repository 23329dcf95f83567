"""`python -m suyuan` is `suyuan`."""

from suyuan.cli.main import main

main()
