"""What `doctor` looks at and what it saves of a damaged journal; nothing here changes the one it looks at."""
