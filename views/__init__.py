"""The parts of the page; the only room that knows Streamlit and Folium."""
