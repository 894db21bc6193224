package io.warmgate.aisimulator.bedrock;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.warmgate.aisimulator.exchange.Call;
import io.warmgate.aisimulator.exchange.Refused;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Who calls: an API key of Bedrock's, or a signature (AWS Signature Version 4). */
final class Authentication {
  private static final Duration SKEW = Duration.ofMinutes(5);
  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);
  private static final Pattern SIGNED =
      Pattern.compile(
          "AWS4-HMAC-SHA256 Credential=([^/]+)/([0-9]{8})/([a-z0-9-]+)/([a-z-]+)/aws4_request,"
              + " *SignedHeaders=([a-z0-9;-]+), *Signature=([0-9a-f]{64})");

  private final Set<String> keys;
  private final InstantSource clock;

  Authentication(Set<String> keys, InstantSource clock) {
    this.keys = Set.copyOf(keys);
    this.clock = clock;
  }

  void check(Call call) throws Refused {
    String said = call.header("authorization").orElse("");
    if (said.isEmpty()) {
      throw Refused.of(403, "Missing Authentication Token")
          .ofType("MissingAuthenticationTokenException");
    }
    if (said.startsWith("Bearer ")) {
      if (!keys.contains(said.substring("Bearer ".length()))) {
        throw Refused.of(403, "Authentication failed: Please make sure your API Key is valid.");
      }
      return;
    }
    Matcher signed = SIGNED.matcher(said);
    if (!signed.matches()) {
      throw Refused.of(403, "Authorization header requires 'Credential', 'SignedHeaders' and more.")
          .ofType("IncompleteSignatureException");
    }
    signed(call, signed);
  }

  private void signed(Call call, Matcher signed) throws Refused {
    List<String> headers = Arrays.asList(signed.group(5).split(";"));
    String date = call.header("x-amz-date").orElse("");
    account(call, signed.group(1), headers);
    if (!signed.group(4).equals("bedrock")) {
      throw unsigned("Credential should be scoped to correct service: 'bedrock'.");
    }
    if (!date.startsWith(signed.group(2) + "T") || isOld(date)) {
      throw unsigned("Signature expired: " + date + " is not within 5 minutes of now.");
    }
    if (!headers.contains("host") || !headers.contains("x-amz-date")) {
      throw unsigned("'Host' and 'X-Amz-Date' must be among the signed headers.");
    }
    byte[] signature = signed.group(6).getBytes(UTF_8);
    String scope = String.join("/", signed.group(2), signed.group(3), "bedrock", "aws4_request");
    var expected = new Signature(call, headers, date, scope);
    if (keys.stream()
        .noneMatch(key -> MessageDigest.isEqual(signature, expected.by(key).getBytes(UTF_8)))) {
      throw unsigned(
          "The request signature we calculated does not match the signature you provided. Check"
              + " your AWS Secret Access Key and signing method.");
    }
  }

  private static void account(Call call, String id, List<String> headers) throws Refused {
    String token = call.header("x-amz-security-token").orElse("");
    boolean user = id.equals(BedrockDialect.ACCESS_KEY_ID) && token.isEmpty();
    boolean session =
        id.equals(BedrockDialect.SESSION_KEY_ID)
            && token.equals(BedrockDialect.SESSION_TOKEN)
            && headers.contains("x-amz-security-token");
    if (!user && !session) {
      throw Refused.of(403, "The security token included in the request is invalid.")
          .ofType("UnrecognizedClientException");
    }
  }

  private boolean isOld(String date) {
    try {
      Instant then = DATE.parse(date, Instant::from);
      return Duration.between(then, clock.instant()).abs().compareTo(SKEW) > 0;
    } catch (DateTimeParseException malformed) {
      return true;
    }
  }

  private static Refused unsigned(String why) {
    return Refused.of(403, why).ofType("InvalidSignatureException");
  }
}
