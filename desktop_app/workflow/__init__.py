"""The walk of an application: states, who may do what, what an act asks for; pure, without a store and a clock."""
