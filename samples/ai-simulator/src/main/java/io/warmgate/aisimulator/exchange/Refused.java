package io.warmgate.aisimulator.exchange;

import java.io.Serial;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An error in place of an answer. How it is written is the dialect's. */
public final class Refused extends Exception {
  @Serial private static final long serialVersionUID = 1;

  private final int status;
  private final @Nullable String type;
  private final @Nullable String param;
  private final @Nullable String code;
  private final transient Map<String, String> headers = new HashMap<>();

  private Refused(
      int status,
      String message,
      @Nullable String type,
      @Nullable String param,
      @Nullable String code) {
    super(message);
    this.status = status;
    this.type = type;
    this.param = param;
    this.code = code;
  }

  /** An error of this HTTP status, of the type that goes with it. */
  public static Refused of(int status, String message) {
    return new Refused(status, message, null, null, null);
  }

  /** The same of that type; null for the one that goes with the status. */
  public Refused ofType(@Nullable String other) {
    return copy(other, param, code);
  }

  /** The same about that field of the request. */
  public Refused about(@Nullable String field) {
    return copy(type, field, code);
  }

  /** The same with that code. */
  public Refused coded(@Nullable String other) {
    return copy(type, param, other);
  }

  /** The same with one header field more. */
  public Refused with(String name, String value) {
    Refused more = copy(type, param, code);
    more.headers.put(name, value);
    return more;
  }

  private Refused copy(
      @Nullable String otherType, @Nullable String otherParam, @Nullable String otherCode) {
    String message = String.valueOf(getMessage());
    var copy = new Refused(status, message, otherType, otherParam, otherCode);
    copy.headers.putAll(headers);
    return copy;
  }

  public int status() {
    return status;
  }

  /** What it says. */
  public String message() {
    return String.valueOf(getMessage());
  }

  public @Nullable String type() {
    return type;
  }

  public @Nullable String param() {
    return param;
  }

  public @Nullable String code() {
    return code;
  }

  public Map<String, String> headers() {
    return Map.copyOf(headers);
  }
}
