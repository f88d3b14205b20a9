"""What reviewers did to a Word document, brought back to the YAML; and the redline for them."""
