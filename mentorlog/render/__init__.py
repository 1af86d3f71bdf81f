"""What is shown: the only place that builds Rich objects, and the plain lines that do without."""
