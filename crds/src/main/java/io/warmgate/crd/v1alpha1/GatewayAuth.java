package io.warmgate.crd.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Size;
import java.util.List;

/** Whose word a gateway takes of who calls. */
@Wire
public record GatewayAuth(
    @JsonPropertyDescription("Whose tokens are taken. Rules and consumers name them.")
        @Size(max = 16)
        @ListMapKey("name")
        List<TokenIssuer> issuers) {
  /** Nobody's. */
  public static final GatewayAuth NONE = new GatewayAuth(List.of());

  public GatewayAuth {
    issuers = Absent.orEmpty(issuers);
  }
}
