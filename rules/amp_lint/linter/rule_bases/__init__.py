"""What two or more rules of one kind share: each module is the base of some rules."""
