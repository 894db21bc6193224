package io.warmgate.crd.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/** Where a connection may come from, as a NetworkPolicy's peer. */
@ValidationRule(
    value = "has(self.ipBlock) != (has(self.podSelector) || has(self.namespaceSelector))",
    message = "exactly one of ipBlock, and podSelector or namespaceSelector or both")
@Wire
public record NetworkPeer(
    @JsonPropertyDescription(
            "Pods with these labels, of the gateway's namespace or of those that namespaceSelector "
                + "names. {} is every pod.")
        @Nullable PeerSelector podSelector,
    @JsonPropertyDescription("Pods of the namespaces with these labels. {} is every namespace.")
        @Nullable PeerSelector namespaceSelector,
    @JsonPropertyDescription("A block of addresses.") @Nullable IpBlock ipBlock) {}
