"""Commands for whoever develops banso; none of them serves anybody else."""
