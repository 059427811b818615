"""Reads what is not trusted in a child process: asking.py is the parent's side, serving.py the child's."""
