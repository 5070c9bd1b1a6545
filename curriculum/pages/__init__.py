"""What is shown: pages, reports in words, stories."""
