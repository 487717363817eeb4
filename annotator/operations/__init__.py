"""What people do, each as a plain function: window, command line and tests call the same ones."""
