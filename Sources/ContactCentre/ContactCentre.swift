// ContactCentre
