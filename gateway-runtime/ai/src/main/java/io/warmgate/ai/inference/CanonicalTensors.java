package io.warmgate.ai.inference;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.warmgate.ai.TranslationException;
import io.warmgate.ai.cache.Sha256;
import io.warmgate.ai.json.CanonicalJson;
import io.warmgate.ai.json.Json;
import io.warmgate.ai.privacy.SensitiveClass;
import io.warmgate.ai.privacy.SensitiveText;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A request of tensors in one form: no white space, names sorted, numbers by their exact decimal
 * value ({@code 1} is {@code 1.0}, {@code -0} is not {@code 0}), {@code NaN} and infinities as
 * words. Bytes stand there by their digest ({@code bytes:…}, which no JSON begins with), and so do
 * lists that are long ({@code list:…}): a digest is as good as what it is of, and shorter.
 *
 * <p>What is left out: {@code id} of the Open Inference Protocol, which names the request and asks
 * nothing; {@code signature_name} of TensorFlow Serving where it is the one that is meant anyway.
 */
final class CanonicalTensors {
  /** Characters; longer lists are digested. */
  private static final int LONG = 4096;

  /** TensorFlow Serving: "If unspecified default serving signature is used". */
  private static final String DEFAULT_SIGNATURE = "\"serving_default\"";

  private final TensorProtocol protocol;
  private final JsonParser parser;
  private final Splices splices = new Splices();
  private final StringBuilder out = new StringBuilder();
  private final EnumSet<SensitiveClass> sensitive = EnumSet.noneOf(SensitiveClass.class);
  private @Nullable String id;

  /** Of the Open Inference Protocol: elements of tensors, where pictures are. */
  private enum Place {
    ROOT,
    INPUTS,
    TENSOR,
    DATA,
    ELSEWHERE;

    Place member(String name) {
      return switch (this) {
        case ROOT -> name.equals("inputs") ? INPUTS : ELSEWHERE;
        case TENSOR -> name.equals("data") ? DATA : ELSEWHERE;
        case INPUTS, DATA, ELSEWHERE -> ELSEWHERE;
      };
    }

    Place item() {
      return switch (this) {
        case INPUTS -> TENSOR;
        case DATA -> DATA;
        case ROOT, TENSOR, ELSEWHERE -> ELSEWHERE;
      };
    }
  }

  CanonicalTensors(TensorProtocol protocol, JsonParser parser) {
    this.protocol = protocol;
    this.parser = parser;
  }

  String read() throws IOException {
    if (parser.nextToken() != JsonToken.START_OBJECT) {
      throw new TranslationException("", "must be a JSON object");
    }
    Map<String, String> members = members(Place.ROOT);
    members.remove("signature_name", DEFAULT_SIGNATURE);
    write(members);
    return out.toString();
  }

  /** What is to be sent otherwise than it came. */
  Splices splices() {
    return splices;
  }

  /** What texts hold of persons. */
  Set<SensitiveClass> sensitive() {
    return Set.copyOf(sensitive);
  }

  @Nullable String id() {
    return id;
  }

  /** The current token, and all that belongs to it. */
  private void value(Place place) throws IOException {
    switch (parser.currentToken()) {
      case START_OBJECT -> write(members(place));
      case START_ARRAY -> list(place);
      case VALUE_STRING -> string(place);
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> out.append(number());
      default -> out.append(parser.getText());
    }
  }

  private Map<String, String> members(Place place) throws IOException {
    Map<String, String> members = new TreeMap<>();
    int start = out.length();
    JsonToken token = parser.nextToken();
    while (token != JsonToken.END_OBJECT) {
      String name = parser.currentName();
      JsonToken value = parser.nextToken();
      if (place == Place.ROOT && isId(name)) {
        id = requestId(value);
        token = parser.nextToken();
      } else if (value == JsonToken.VALUE_STRING && mayBeBytes(name)) {
        token = bytesIfAlone(members);
      } else {
        value(place.member(name));
        members.put(name, out.substring(start));
        out.setLength(start);
        token = parser.nextToken();
      }
    }
    return members;
  }

  private boolean isId(String name) {
    return protocol == TensorProtocol.OPEN_INFERENCE && name.equals("id");
  }

  private String requestId(JsonToken value) throws IOException {
    if (value != JsonToken.VALUE_STRING) {
      throw new TranslationException("id", "must be a string");
    }
    return parser.getText();
  }

  private boolean mayBeBytes(String name) {
    return protocol == TensorProtocol.TENSORFLOW && name.equals("b64");
  }

  /**
   * TensorFlow Serving, "Encoding binary values": an object with this name alone stands for bytes.
   *
   * @return what follows
   */
  private JsonToken bytesIfAlone(Map<String, String> members) throws IOException {
    long from = parser.currentTokenLocation().getByteOffset();
    String text = parser.getText();
    long to = parser.currentLocation().getByteOffset();
    JsonToken next = parser.nextToken();
    EncodedBytes bytes =
        members.isEmpty() && next == JsonToken.END_OBJECT ? EncodedBytes.read(text) : null;
    members.put("b64", bytes == null ? quoted(text) : digest(text, from, to, bytes));
    return next;
  }

  private void write(Map<String, String> members) {
    char before = '{';
    for (Map.Entry<String, String> member : members.entrySet()) {
      out.append(before).append(quoted(member.getKey())).append(':').append(member.getValue());
      before = ',';
    }
    out.append(members.isEmpty() ? "{}" : "}");
  }

  private void list(Place place) throws IOException {
    int start = out.length();
    char before = '[';
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      out.append(before);
      value(place.item());
      before = ',';
    }
    out.append(before == '[' ? "[]" : "]");
    if (out.length() - start > LONG) {
      byte[] whole = out.substring(start).getBytes(StandardCharsets.UTF_8);
      out.setLength(start);
      out.append("list:").append(Sha256.hex(whole));
    }
  }

  private void string(Place place) throws IOException {
    long from = parser.currentTokenLocation().getByteOffset();
    String text = parser.getText();
    long to = parser.currentLocation().getByteOffset();
    EncodedBytes picture = place == Place.DATA ? EncodedBytes.readPicture(text) : null;
    if (picture == null) {
      sensitive.addAll(SensitiveText.find(text));
      out.append(quoted(text));
    } else {
      out.append(digest(text, from, to, picture));
    }
  }

  private String digest(String text, long from, long to, EncodedBytes bytes) {
    String plain = bytes.plain();
    if (!text.equals(plain)) {
      splices.put(from, to, '"' + plain + '"');
    }
    return "bytes:" + bytes.digest();
  }

  private String number() throws IOException {
    if (parser.isNaN()) {
      return Double.toString(parser.getDoubleValue());
    }
    String text = parser.getText();
    BigDecimal value;
    try {
      value = new BigDecimal(text);
    } catch (NumberFormatException e) {
      throw new TranslationException("", "not JSON: a number whose exponent is too large");
    }
    if (value.signum() == 0) {
      return text.charAt(0) == '-' ? "-0" : "0";
    }
    // Not in full digits: 1e999999999 is a number too.
    return value.stripTrailingZeros().toString();
  }

  private static String quoted(String text) {
    return CanonicalJson.text(Json.text(text));
  }
}
