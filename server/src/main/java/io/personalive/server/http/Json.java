package io.personalive.server.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.javalin.http.Context;
import java.util.stream.Collectors;

/** JSON as this interface speaks it: strictly read, so that a wrong name isn't taken for nothing said. */
public final class Json {
    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES, DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            .build();

    private Json() {}

    /** @throws ApiException saying what is wrong with it */
    public static <T> T read(String json, Class<T> type) {
        try {
            T read = MAPPER.readValue(json, type);
            if (read == null) {
                throw ApiException.badRequest("the body is null, expected a JSON object");
            }
            return read;
        } catch (JsonMappingException wrong) {
            String field = wrong.getPath().stream().map(JsonMappingException.Reference::getFieldName)
                    .collect(Collectors.joining("."));
            throw ApiException.badRequest((field.isEmpty() ? "the JSON" : "'" + field + "'") + " is wrong: " + firstLine(wrong));
        } catch (JsonProcessingException malformed) {
            throw ApiException.badRequest("the body is no JSON: " + firstLine(malformed));
        }
    }

    private static String firstLine(JsonProcessingException wrong) {
        String message = wrong.getOriginalMessage();
        return message.replaceAll(" \\(.*", "").replaceAll("\\R.*", "");
    }

    public static String write(Object value) {
        try {
            return MAPPER.writeValueAsString(value);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** Answers with it. */
    public static void answer(Context context, Object value) {
        context.contentType("application/json").result(write(value));
    }
}
