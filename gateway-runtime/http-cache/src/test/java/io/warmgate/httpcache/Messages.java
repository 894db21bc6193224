package io.warmgate.httpcache;

import io.warmgate.httpcache.RequestView.Target;
import io.warmgate.httpcache.entry.Provenance;
import io.warmgate.httpcache.entry.StoredResponse;
import io.warmgate.httpcache.entry.Validity;
import io.warmgate.httpcache.purge.Position;
import io.warmgate.httpcache.rule.Storage;
import io.warmgate.httpcache.rule.StoreDecision;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Messages of the tests: around {@link #NOW}, which is {@link #DATE}. */
public final class Messages {
  public static final String DATE = "Sun, 22 Nov 2026 12:00:00 GMT";
  public static final long NOW = 1_795_348_800_000L;
  public static final Target TARGET = new Target("https", "shop.example.com", "/p", "a=1&b=2");
  public static final Bytes BODY = Bytes.of("hello".getBytes(StandardCharsets.UTF_8));
  public static final Bytes MATERIAL = Bytes.of(new byte[] {1, 2, 3});

  private Messages() {}

  public static RequestView get(String... fields) {
    return request("GET", fields);
  }

  public static RequestView request(String method, String... fields) {
    return new RequestView(method, TARGET, FieldList.of(fields), false);
  }

  /** Received at {@link #NOW}, at once. */
  public static ResponseView response(int status, String... fields) {
    return new ResponseView(status, FieldList.of(fields), NOW, NOW);
  }

  /** {@code name: value | name: value} as names and values. */
  public static String[] fields(String text) {
    if (text.isBlank()) {
      return new String[0];
    }
    return List.of(text.split(" \\| ")).stream()
        .flatMap(
            line ->
                List.of(
                    line.substring(0, line.indexOf(':')).strip(),
                    line.substring(line.indexOf(':') + 1).strip())
                    .stream())
        .toArray(String[]::new);
  }

  /** A response to {@code GET} as {@link Storage} has it stored at {@link #NOW}. */
  public static StoredResponse stored(String... fields) {
    return stored(200, get(), fields);
  }

  public static StoredResponse stored(int status, RequestView request, String... fields) {
    ResponseView response = response(status, fields);
    return switch (Storage.decide(request, response, CachingPolicy.DEFAULT, NOW)) {
      case StoreDecision.Keep keep ->
          new StoredResponse(
              status, keep.fields(), BODY, keep.validity(), provenance(Position.ZERO));
      case StoreDecision.Skip(Reason reason) -> throw new AssertionError("not stored: " + reason);
    };
  }

  public static StoredResponse entry(Validity validity, String... fields) {
    return new StoredResponse(200, FieldList.of(fields), BODY, validity, provenance(Position.ZERO));
  }

  public static Provenance provenance(Position position) {
    return new Provenance(MATERIAL, "g1", position, List.of());
  }
}
