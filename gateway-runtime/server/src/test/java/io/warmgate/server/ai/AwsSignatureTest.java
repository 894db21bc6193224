package io.warmgate.server.ai;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.warmgate.config.BedrockKey;
import io.warmgate.server.uri.Target;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The signature itself, at a time that is given; whether it is taken the simulator says. */
class AwsSignatureTest {
  private static final Target TARGET =
      new Target(
          "https",
          "bedrock-runtime.eu-central-1.amazonaws.com",
          -1,
          "/model/amazon.nova-pro-v1%3A0/converse",
          null);

  private Instant now = Instant.parse("2026-11-27T15:00:00Z");

  private MultiMap signed(Target target, String body, @Nullable String token) {
    MultiMap fields =
        MultiMap.caseInsensitiveMultiMap()
            .set("content-type", "application/json")
            .set("traceparent", "00-0-0-00");
    InstantSource clock = () -> now;
    new AwsSignature(
            new BedrockKey.AccessKey("AKIAEXAMPLE", "secret", token), "eu-central-1", clock)
        .sign(target, Buffer.buffer(body), fields);
    return fields;
  }

  /** Computed by hand, after AWS's description of it. */
  @Test
  void isWhatAwsDescribes() {
    MultiMap fields = signed(TARGET, "{}", null);
    assertThat(fields.get("x-amz-date")).isEqualTo("20261127T150000Z");
    assertThat(fields.get("x-amz-content-sha256"))
        .isEqualTo("44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a");
    assertThat(fields.get("authorization"))
        .isEqualTo(
            "AWS4-HMAC-SHA256 Credential=AKIAEXAMPLE/20261127/eu-central-1/bedrock/aws4_request,"
                + " SignedHeaders=content-type;host;x-amz-content-sha256;x-amz-date,"
                + " Signature=5857bc046b9f56e87976fbc55389447acf32420216ac8bc518d85ede5ec373cc");
    assertThat(fields.getAll("content-type")).containsExactly("application/json");
    assertThat(fields.contains("host")).isFalse();
    assertThat(fields.contains("x-amz-security-token")).isFalse();
  }

  @Test
  void isAnotherForAllThatIsSigned() {
    String first = signed(TARGET, "{}", null).get("authorization");
    assertThat(signed(TARGET, "{}", null).get("authorization")).isEqualTo(first);
    assertThat(signed(TARGET, "{ }", null).get("authorization")).isNotEqualTo(first);
    assertThat(signed(TARGET.withPath("/model/b/converse"), "{}", null).get("authorization"))
        .isNotEqualTo(first);
    assertThat(signed(TARGET.withAuthority("localhost", 8080), "{}", null).get("authorization"))
        .isNotEqualTo(first);
    MultiMap ofSession = signed(TARGET, "{}", "token");
    assertThat(ofSession.get("x-amz-security-token")).isEqualTo("token");
    assertThat(ofSession.get("authorization")).contains("x-amz-security-token");
    now = now.plusSeconds(1);
    assertThat(signed(TARGET, "{}", null).get("authorization")).isNotEqualTo(first);
  }
}
