// Onboarding
