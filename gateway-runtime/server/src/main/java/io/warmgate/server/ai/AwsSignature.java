package io.warmgate.server.ai;

import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.warmgate.config.BedrockKey;
import io.warmgate.server.uri.Target;
import java.time.Clock;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.HttpSigner;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;
import software.amazon.awssdk.identity.spi.AwsSessionCredentialsIdentity;

/**
 * Signs requests to Bedrock (AWS Signature Version 4): their target, their content, and when they
 * are sent. A signature is good for five minutes.
 *
 * @param region that the endpoint is in
 */
record AwsSignature(BedrockKey.AccessKey key, String region, InstantSource clock) {
  private static final String SERVICE = "bedrock";
  private static final AwsV4HttpSigner SIGNER = AwsV4HttpSigner.create();
  private static final List<String> SIGNED = List.of("content-type");

  /**
   * @param fields of the request, its last ones but for these
   */
  void sign(Target target, Buffer body, MultiMap fields) {
    SdkHttpRequest.Builder request =
        SdkHttpRequest.builder()
            .method(SdkHttpMethod.POST)
            .protocol(target.scheme())
            .host(target.host())
            .encodedPath(target.path());
    if (target.port() >= 0) {
      request.port(target.port());
    }
    // What is on its way may add fields, or change others.
    SIGNED.forEach(name -> request.putHeader(name, fields.getAll(name)));
    SIGNER
        .sign(
            sign ->
                sign.identity(identity())
                    .request(request.build())
                    .payload(ContentStreamProvider.fromByteArray(body.getBytes()))
                    .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, SERVICE)
                    .putProperty(AwsV4HttpSigner.REGION_NAME, region)
                    .putProperty(
                        HttpSigner.SIGNING_CLOCK, Clock.fixed(clock.instant(), ZoneOffset.UTC)))
        .request()
        .headers()
        .forEach((name, values) -> take(name.toLowerCase(Locale.ROOT), values, fields));
  }

  /** {@code Host} is set where it is sent, to the same. */
  private static void take(String name, List<String> values, MultiMap fields) {
    if (!name.equals("host") && !SIGNED.contains(name)) {
      fields.set(name, values);
    }
  }

  private AwsCredentialsIdentity identity() {
    String token = key.sessionToken();
    return token == null
        ? AwsCredentialsIdentity.create(key.id(), key.secret())
        : AwsSessionCredentialsIdentity.create(key.id(), key.secret(), token);
  }
}
