package io.warmgate.operator.translate;

import io.warmgate.crd.v1alpha1.AiModelBackendSpec;
import io.warmgate.crd.v1alpha1.ModelProvider;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Which AWS region Bedrock is asked in, and where that is. */
final class BedrockRegion {
  /** Bedrock's own endpoints, those by FIPS 140, and those of a VPC. */
  private static final Pattern HOST =
      Pattern.compile(
          "^https?://(?:[^/:]+\\.)?bedrock-runtime(?:-fips)?\\.([a-z0-9-]+)"
              + "\\.(?:vpce\\.)?(?:amazonaws\\.com(?:\\.cn)?|api\\.aws)(?::[0-9]+)?(?:/.*)?$");

  private BedrockRegion() {}

  /**
   * Null: it is not asked at Bedrock.
   *
   * @throws Unusable where it is not said
   */
  static @Nullable String of(AiModelBackendSpec spec) {
    if (spec.provider() != ModelProvider.BEDROCK) {
      return null;
    }
    if (spec.region() != null) {
      return spec.region();
    }
    Matcher host = HOST.matcher(spec.endpoint() == null ? "" : spec.endpoint());
    if (host.matches()) {
      return host.group(1);
    }
    throw Unusable.invalid(
        "spec.region", "Bedrock needs one where its endpoint's name does not have it");
  }

  /** Of Bedrock in the region. */
  static String endpoint(AiModelBackendSpec spec) {
    return "https://bedrock-runtime." + of(spec) + ".amazonaws.com";
  }
}
