package io.warmgate.crd.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Size;
import java.util.List;

/** The pods' admin port, 9443. */
@Wire
public record GatewayAdmin(
    @JsonPropertyDescription(
            "Who may reach it, to purge: the NetworkPolicy lets them in, and a Service "
                + "<gateway>-admin leads there. Empty: the operator alone.")
        @Size(max = 16)
        List<NetworkPeer> allowFrom) {

  public GatewayAdmin {
    allowFrom = Absent.orEmpty(allowFrom);
  }

  static final GatewayAdmin DEFAULT = new GatewayAdmin(List.of());
}
