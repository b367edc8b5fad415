"""What a parcel costs and how long it takes."""
