@echo off
rem Starts a node, or runs a command of the program. The home folder is the one above this file, unless TOLLGATE_HOME names another:
rem   tollgate.bat [--run] [-Dprofile=api-publisher] [-DportOffset=1]    until Ctrl-C
rem   tollgate.bat config                                                or any other command: tollgate --help lists them
rem cmd splits arguments at '=': what follows -Dname is put together again.
setlocal EnableDelayedExpansion
for %%F in ("%~dp0..") do set "FOLDER=%%~fF"
if not defined TOLLGATE_HOME set "TOLLGATE_HOME=%FOLDER%"
set "COMMAND=serve"
set "ARGUMENTS="
:next
if "%~1"=="" goto run
set "ARGUMENT=%~1"
shift
if "!ARGUMENT!"=="--run" goto next
if "!ARGUMENT!"=="run" goto next
if "!ARGUMENT:~0,2!"=="-D" goto property
if "!ARGUMENT:~0,2!"=="--" goto add
if not defined ARGUMENTS if "!COMMAND!"=="serve" (
  set "COMMAND=!ARGUMENT!"
  goto next
)
goto add
:property
if "!ARGUMENT!"=="-Dsetup" goto add
if not "%~1"=="" (
  set "NEXT=%~1"
  if not "!NEXT:~0,1!"=="-" (
    set "ARGUMENT=!ARGUMENT!=!NEXT!"
    shift
  )
)
:add
set "ARGUMENTS=!ARGUMENTS! "!ARGUMENT!""
goto next
:run
"%FOLDER%\tollgate.exe" %COMMAND% --home "%TOLLGATE_HOME%" %ARGUMENTS%
exit /b %ERRORLEVEL%
