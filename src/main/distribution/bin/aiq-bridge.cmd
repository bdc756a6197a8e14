@echo off
rem Starts AIQ Bridge from any working directory. JAVA_OPTS takes the place of the memory settings.
setlocal
cd /d "%~dp0.."
set "java=java"
if defined JAVA_HOME set "java=%JAVA_HOME%\bin\java"
if not defined JAVA_OPTS set "JAVA_OPTS=-Xmx256m -XX:+UseSerialGC"
rem out of memory it ends, so that whatever watches over it starts it anew
set "JAVA_OPTS=%JAVA_OPTS% -XX:+ExitOnOutOfMemoryError"
if exist config\log4j2.xml set "JAVA_OPTS=%JAVA_OPTS% -Dlog4j2.configurationFile=config/log4j2.xml"
"%java%" %JAVA_OPTS% -cp "lib/*" aiqbridge.Application %*
exit /b %ERRORLEVEL%
