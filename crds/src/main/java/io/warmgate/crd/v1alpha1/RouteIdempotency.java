package io.warmgate.crd.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;

/** Which requests are done once, however often they are sent. */
@ValidationRule(
    value = "self.methods.all(m, self.methods.exists_one(other, other == m))",
    message = "a method may be there once",
    fieldPath = ".methods")
@ValidationRule(
    value = "self.keepFor.matches('[1-9]')",
    message = "must be longer than 0s",
    fieldPath = ".keepFor")
@ValidationRule(
    value =
        "!(self.keyHeader.lowerAscii() in ['authorization', 'connection', 'content-encoding',"
            + " 'content-length', 'content-type', 'cookie', 'host', 'transfer-encoding'])",
    message = "has another meaning",
    fieldPath = ".keyHeader")
@Wire
public record RouteIdempotency(
    @JsonPropertyDescription(
            "The request header that carries the key: a quoted string, or a token, of at most 255"
                + " characters. The backend gets it too.")
        @Default("Idempotency-Key")
        @Size(min = 1, max = 256)
        @Pattern(Syntax.HEADER_NAME)
        String keyHeader,
    @JsonPropertyDescription(
            "Optional: a request without a key goes its way. Required: it gets 400.")
        @Default("Optional")
        IdempotencyMode mode,
    @JsonPropertyDescription(
            "How long the first answer is given to whoever sends the request again with its key,"
                + " from 1s to 31d.")
        @Default("24h")
        @Size(min = 1, max = 24)
        @Pattern(ApiDuration.PATTERN)
        ApiDuration keepFor,
    @JsonPropertyDescription("Requests by these methods. Others have no keys.")
        @Default("[\"POST\",\"PATCH\"]")
        @Size(min = 1, max = 4)
        List<IdempotentMethod> methods,
    @JsonPropertyDescription(
            "How much content a request with a key may have, and an answer that is given again; a"
                + " Kubernetes quantity, at most 8Mi. A larger request gets 413. A larger answer is"
                + " passed on, and who asks again gets 422.")
        @Default("1Mi")
        @Size(min = 1, max = 20)
        @Pattern(Syntax.SMALL_MEMORY)
        String maxBodySize,
    @JsonPropertyDescription(
            "What is done with a request with a key while the RedisCache does not answer, or where"
                + " there is none. Deny: 503. Allow: it goes to the backend, as often as it is"
                + " sent.")
        @Default("Deny")
        OnUnavailable onUnavailable) {
  private static final List<IdempotentMethod> METHODS =
      List.of(IdempotentMethod.POST, IdempotentMethod.PATCH);

  public RouteIdempotency {
    keyHeader = Absent.or(keyHeader, "Idempotency-Key");
    mode = Absent.or(mode, IdempotencyMode.OPTIONAL);
    keepFor = Absent.or(keepFor, ApiDuration.of("24h"));
    methods = Absent.or(methods, METHODS);
    maxBodySize = Absent.or(maxBodySize, "1Mi");
    onUnavailable = Absent.or(onUnavailable, OnUnavailable.DENY);
  }
}
