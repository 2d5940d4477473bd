package io.personalive.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * What the program reads and writes doesn't depend on the user's language, charset or time zone: no source of ours asks
 * for them unasked.
 */
class SameEverywhereTest {
    private static final Path ROOT = Path.of("..");
    private static final Pattern BY_DEFAULT = Pattern.compile("String\\.format\\((?!\\s*Locale\\.ROOT)|\\.printf\\((?!\\s*Locale\\.ROOT)"
            + "|to(Lower|Upper)Case\\(\\)|getBytes\\(\\)|new DecimalFormat\\([^,]*?\\)|defaultCharset\\(|ZoneId\\.systemDefault|Local(Date|Time|DateTime)\\.now\\("
            + "|new (FileReader|FileWriter|Scanner)\\(|new InputStreamReader\\([^,;]*\\)\\)|\"[^\"]*%[\\d,]*[df][^\"]*\"\\.formatted\\(");

    @Test
    void nothingAsksForTheDefaultLocaleCharsetOrTimeZone() throws IOException {
        List<String> found = new ArrayList<>();
        List<Path> sources;
        try (Stream<Path> all = Files.walk(ROOT)) {
            sources = all.filter(file -> file.toString().contains("src/main/java") && file.toString().endsWith(".java")).toList();
        }
        assertTrue(sources.size() > 200, sources.size() + " sources");
        for (Path source : sources) {
            Matcher each = BY_DEFAULT.matcher(Files.readString(source));
            while (each.find()) {
                found.add(source + ": " + each.group());
            }
        }
        assertEquals(List.of(), found);
    }
}
