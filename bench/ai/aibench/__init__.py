"""What models cost behind a gateway."""
