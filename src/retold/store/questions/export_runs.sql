-- A command that wrote.
SELECT run, command, arguments, retold, started, ended, rows FROM runs ORDER BY run
