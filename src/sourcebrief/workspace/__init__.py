"""Reading: the workspace, YAML with positions, the model, every problem collected."""
