"""The floor: a one-command Typer program that opens SQLite, writes a row and prints it."""

import os
import sqlite3

import typer

app = typer.Typer(add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False)


@app.command()
def write(text: str) -> None:
    """Write a row and print it."""
    database = sqlite3.connect(os.environ["FLOOR_DB"])
    database.execute("CREATE TABLE IF NOT EXISTS entry (text TEXT)")
    database.execute("INSERT INTO entry VALUES (?)", (text,))
    database.commit()
    typer.echo(text)


if __name__ == "__main__":
    app()
