@echo off
rem Starts PersonaLive; builds it first where it has not been built. After changing the sources: mvnw package
rem   PERSONALIVE_JAVA_OPTS  more options for Java, such as "-Xmx4g"
rem   PERSONALIVE_PROFILE    Maven profile to build with
setlocal
set "ROOT=%~dp0"
set "JAR=%ROOT%cli\target\personalive.jar"
set "JAVA=java"
if defined JAVA_HOME set "JAVA=%JAVA_HOME%\bin\java"

set "VERSION="
for /f tokens^=2-3^ delims^=.-_^" %%a in ('^""%JAVA%" -fullversion 2^>^&1^"') do if not defined VERSION set "VERSION=%%a"
if not defined VERSION (
    echo personalive: no Java found: install a JDK, version 17 or newer, or set JAVA_HOME 1>&2
    exit /b 1
)
if %VERSION% LSS 17 (
    echo personalive: this is Java %VERSION%, but 17 or newer is needed: install a newer JDK, or set JAVA_HOME 1>&2
    exit /b 1
)

if not exist "%JAR%" call :build || exit /b 1

set "OPTIONS=-Xmx2g -XX:+UseSerialGC -Djava.awt.headless=true -Dorg.bytedeco.javacpp.maxBytes=0 -Dorg.bytedeco.javacpp.maxPhysicalBytes=0"
if %VERSION% GEQ 22 set "OPTIONS=%OPTIONS% --enable-native-access=ALL-UNNAMED"
if %VERSION% GEQ 23 set "OPTIONS=%OPTIONS% --sun-misc-unsafe-memory-access=allow"
"%JAVA%" %OPTIONS% %PERSONALIVE_JAVA_OPTS% -jar "%JAR%" %*
exit /b %ERRORLEVEL%

:build
echo personalive: building; the first time, this downloads several hundred megabytes of libraries ... 1>&2
set "PROFILE="
if defined PERSONALIVE_PROFILE set "PROFILE=-P%PERSONALIVE_PROFILE%"
pushd "%ROOT%"
call mvnw.cmd -q -B -DskipTests %PROFILE% package
set "RESULT=%ERRORLEVEL%"
popd
if not "%RESULT%"=="0" (
    echo personalive: the build failed, see above 1>&2
    exit /b 1
)
exit /b 0
