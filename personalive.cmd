@echo off
rem Starts PersonaLive; builds it first where that is needed.
rem   PERSONALIVE_JAVA_OPTS  more options for Java, such as "-Xmx4g"
rem   PERSONALIVE_PROFILE    Maven profile to build with
setlocal EnableExtensions DisableDelayedExpansion
set "ROOT=%~dp0"
set "MODULE=cli"
rem As a job of Apache Spark: the same program with Spark beside it, which nobody else has to fetch.
set ARGUMENTS=%*
if defined ARGUMENTS set ARGUMENTS=%ARGUMENTS:"=%
if defined ARGUMENTS if not "%ARGUMENTS:--spark=%"=="%ARGUMENTS%" set "MODULE=spark"
set "TARGET=%ROOT%%MODULE%\target"
set "JAR=%TARGET%\personalive.jar"
set "BUILT=%TARGET%\built-profile"
set "BEGUN=%TARGET%\build-begun"
set "LOG=%TARGET%\build.log"
set "PROFILE=%PERSONALIVE_PROFILE%"

rem --- Java ---
set "JAVA=java"
if defined JAVA_HOME goto home
where /q java
if errorlevel 1 goto none
goto version

:home
set "JAVA=%JAVA_HOME%\bin\java"
if exist "%JAVA%.exe" goto version
echo personalive: JAVA_HOME is "%JAVA_HOME%", but there is no bin\java.exe in it: correct or unset JAVA_HOME 1>&2
exit /b 1

:none
echo personalive: no Java found: install a JDK, version 17 or newer (such as from https://adoptium.net), or set JAVA_HOME 1>&2
exit /b 1

:version
set "VERSION="
rem Of 1.8.0 it is the second number that counts.
for /f tokens^=2-3^ delims^=.-_+^" %%a in ('^""%JAVA%" -fullversion 2^>^&1^"') do if not defined VERSION if "%%a"=="1" (set "VERSION=%%b") else set "VERSION=%%a"
rem What a Java says that doesn't run is no number, and counts as 0.
set /a "NUMBER=VERSION" 2>nul
if not defined NUMBER goto none
if %NUMBER% EQU 0 goto none
if %NUMBER% LSS 17 (
    echo personalive: this is Java %NUMBER%, but 17 or newer is needed: install a newer JDK, or set JAVA_HOME to it 1>&2
    exit /b 1
)

rem --- the build ---
call :current || call :build || exit /b 1

rem --- the start ---
rem The networks live outside Java's heap, and are not to be counted against it.
set "OPTIONS=-Xmx2g -XX:+UseSerialGC -Djava.awt.headless=true -Dorg.bytedeco.javacpp.maxBytes=0 -Dorg.bytedeco.javacpp.maxPhysicalBytes=0"
if %NUMBER% GEQ 22 set "OPTIONS=%OPTIONS% --enable-native-access=ALL-UNNAMED"
if %NUMBER% GEQ 23 set "OPTIONS=%OPTIONS% --sun-misc-unsafe-memory-access=allow"
set "COLUMNS="
for /f %%c in ('powershell -NoProfile -NonInteractive -Command "if (-not [Console]::IsErrorRedirected) { [Console]::WindowWidth }"') do set "COLUMNS=%%c"
if defined COLUMNS (
    set "OPTIONS=%OPTIONS% -Dpersonalive.terminal=true -Dpersonalive.columns=%COLUMNS%"
) else (
    set "OPTIONS=%OPTIONS% -Dpersonalive.terminal=false"
)
"%JAVA%" %OPTIONS% %PERSONALIVE_JAVA_OPTS% -jar "%JAR%" %*
exit /b %ERRORLEVEL%

rem Whether what is built is that of the sources as they are, with the profile that is asked for.
:current
if not exist "%JAR%" exit /b 1
if not exist "%BUILT%" exit /b 1
powershell -NoProfile -NonInteractive -Command ^
    "$built = Get-Item -LiteralPath $env:BUILT;" ^
    "if ([IO.File]::ReadAllText($env:BUILT) -ne [string]$env:PROFILE) { exit 1 };" ^
    "$poms = Get-ChildItem -Path ($env:ROOT + 'pom.xml'), ($env:ROOT + '*\pom.xml');" ^
    "$sources = Get-ChildItem -Path ($env:ROOT + '*\src\main') -Recurse -File;" ^
    "if (@($poms) + @($sources) | Where-Object { $_.LastWriteTimeUtc -gt $built.LastWriteTimeUtc } | Select-Object -First 1) { exit 1 };" ^
    "exit 0"
exit /b %ERRORLEVEL%

:build
echo personalive: building ^(the first time, this downloads several hundred megabytes of libraries^) ... 1>&2
if not exist "%TARGET%" mkdir "%TARGET%"
set "WITH="
if defined PROFILE set "WITH=-P%PROFILE%"
rem Its time is when the sources were read.
<nul set /p "=%PROFILE%" >"%BEGUN%"
pushd "%ROOT%"
call mvnw.cmd -q -B -DskipTests %WITH% -pl %MODULE% -am package >"%LOG%" 2>&1
set "RESULT=%ERRORLEVEL%"
popd
if "%RESULT%"=="0" (
    move /y "%BEGUN%" "%BUILT%" >nul
    exit /b 0
)
powershell -NoProfile -NonInteractive -Command "Get-Content -LiteralPath $env:LOG -Tail 40" 1>&2
echo personalive: the build failed; the whole log is in %LOG% 1>&2
exit /b 1
