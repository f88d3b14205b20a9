"""The machines' door: questions of a program, answered from a workspace without writing in it."""
