"""The Streamlit page: the server, the panels, the choices. Only here: streamlit."""
