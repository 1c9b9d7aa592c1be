"""One module per subject. The only place that opens database sessions; knows no NiceGUI."""
