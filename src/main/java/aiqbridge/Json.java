package aiqbridge;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.io.IOContext;
import com.fasterxml.jackson.core.util.JsonParserDelegate;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Reader;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;

/**
 * JSON of others, within limits and without rounding a number: the mappers that routes name in {@code unmarshal} and {@code marshal}. All refuse what is
 * nested more than {@value #DEEPEST} deep, has more than {@value #MOST_TOKENS} parts, or a number with an exponent that cannot be reckoned with.
 */
public final class Json {
    private static final int DEEPEST = 50;
    private static final int LONGEST_NUMBER = 40;
    private static final int LONGEST_TEXT = 65_536;
    private static final int MOST_TOKENS = 1_000_000;
    private static final int LARGEST_EXPONENT = 1_000_000_000;

    private Json() {}

    /** A caller's: one object and nothing after it, each field once (config/README.md section 10.1). */
    public static ObjectMapper ofCallers() {
        return mapper(new JsonFactoryBuilder()
                        .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                        .streamReadConstraints(within(LONGEST_NUMBER, LONGEST_TEXT)))
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .build();
    }

    /** AIQ's, which is taken as it comes. */
    public static ObjectMapper ofAiq() {
        return mapper(new JsonFactoryBuilder().streamReadConstraints(within(LONGEST_NUMBER, LONGEST_TEXT)))
                .build();
    }

    /** A shop's, whose orders are larger than anything else: one value and nothing after it, each field once; written with sorted keys, so that the same always looks the same. */
    public static ObjectMapper ofShops() {
        return mapper(new JsonFactoryBuilder()
                        .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                        .streamReadConstraints(within(100, 1 << 20)))
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
                .build();
    }

    private static JsonMapper.Builder mapper(JsonFactoryBuilder factory) {
        return JsonMapper.builder(new Careful(factory)).enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);
    }

    private static StreamReadConstraints within(int longestNumber, int longestText) {
        return StreamReadConstraints.builder()
                .maxNestingDepth(DEEPEST)
                .maxTokenCount(MOST_TOKENS)
                .maxNumberLength(longestNumber)
                .maxStringLength(longestText)
                .build();
    }

    /**
     * Writes every character as itself, and half of one, which AIQ and shops may send, as a question mark; Jackson's own writer of bytes makes escapes of both.
     * Reads no number that Java cannot reckon with: Jackson's own parser fails on one with an exception that is not about JSON.
     */
    private static final class Careful extends JsonFactory {
        private static final long serialVersionUID = 1;

        Careful(JsonFactoryBuilder builder) {
            super(builder);
        }

        @Override
        protected JsonGenerator _createUTF8Generator(OutputStream out, IOContext context) throws IOException {
            return _createGenerator(new OutputStreamWriter(out, StandardCharsets.UTF_8), context);
        }

        @Override
        protected JsonParser _createParser(InputStream in, IOContext context) throws IOException {
            return new Numbers(super._createParser(in, context));
        }

        @Override
        protected JsonParser _createParser(Reader in, IOContext context) throws IOException {
            return new Numbers(super._createParser(in, context));
        }

        @Override
        protected JsonParser _createParser(char[] in, int from, int length, IOContext context, boolean recyclable)
                throws IOException {
            return new Numbers(super._createParser(in, from, length, context, recyclable));
        }

        @Override
        protected JsonParser _createParser(byte[] in, int from, int length, IOContext context) throws IOException {
            return new Numbers(super._createParser(in, from, length, context));
        }
    }

    private static final class Numbers extends JsonParserDelegate {
        Numbers(JsonParser parser) {
            super(parser);
        }

        @Override
        public BigDecimal getDecimalValue() throws IOException {
            try {
                BigDecimal number = super.getDecimalValue();
                if (Math.abs((long) number.scale()) <= LARGEST_EXPONENT) {
                    return number;
                }
            } catch (NumberFormatException e) {
                // said below
            }
            throw new JsonParseException(this, "a number whose exponent is out of range");
        }
    }
}
