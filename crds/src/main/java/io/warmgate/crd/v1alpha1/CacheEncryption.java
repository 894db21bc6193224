package io.warmgate.crd.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.util.List;

/** What entries in Redis are encrypted with: AES-256-GCM. */
@Wire
public record CacheEncryption(
    @JsonPropertyDescription(
            "A Secret in the same namespace; each value that keys names is a key: 32 "
                + "bytes by chance, in base64.")
        @Required
        NameRef secretRef,
    @JsonPropertyDescription(
            "Names in the Secret. The first key encrypts, all decrypt: a new one is put "
                + "first, the old one goes when its entries have expired.")
        @Required
        @Size(min = 1, max = 8)
        List<@Size(min = 1, max = 253) @Pattern(Syntax.SECRET_KEY) String> keys) {
  public CacheEncryption {
    keys = Absent.or(keys, List.of());
  }
}
