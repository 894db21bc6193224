package io.warmgate.local.kubelet.workload;

import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** A pod template's fingerprint: equal templates, and only they, make the same pods. */
final class TemplateHash {
  /** The label of a Deployment's ReplicaSets and their pods. */
  static final String DEPLOYMENT_LABEL = "pod-template-hash";

  /** The label of a StatefulSet's pods. */
  static final String STATEFUL_SET_LABEL = "controller-revision-hash";

  private TemplateHash() {}

  static String of(PodTemplateSpec template) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256")
              .digest(Serialization.asJson(template).getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest, 0, 5);
    } catch (NoSuchAlgorithmException impossible) {
      throw new AssertionError("every JDK has SHA-256", impossible);
    }
  }
}
