"""What we measure against: the simplest thing that does the job, each as good as we can make it."""
