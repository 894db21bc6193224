package io.warmgate.operator.status;

import io.fabric8.kubernetes.api.model.Condition;
import io.warmgate.config.admin.ModelTraffic;
import io.warmgate.crd.v1alpha1.AiModelBackend;
import io.warmgate.crd.v1alpha1.FoundVersion;
import io.warmgate.crd.v1alpha1.ModelEntryStatus;
import io.warmgate.operator.snapshot.AttachedModel;
import java.util.List;

/**
 * What one gateway says of a model that its routes name: of the model as this gateway found it.
 *
 * @param gateway its name, in the model's namespace
 * @param conditions as they would be if no other gateway served it
 * @param counted by the gateway's pods of the model, since this operator began
 * @param credential what the gateway's pods say of the one that it is asked with
 * @param found at its server by the gateway's pods, of each of its models that they looked for
 * @param entries what is known of its models, in their order
 */
public record ModelView(
    String gateway,
    AttachedModel attached,
    List<Condition> conditions,
    List<ModelTraffic> counted,
    CredentialWord credential,
    List<FoundVersion> found,
    List<ModelEntryStatus> entries) {
  public ModelView {
    conditions = List.copyOf(conditions);
    counted = List.copyOf(counted);
    found = List.copyOf(found);
    entries = List.copyOf(entries);
  }

  /** Whether this is of the same object, in the same form of its spec. */
  boolean isOf(AiModelBackend other) {
    AiModelBackend seen = attached.model();
    return seen.getMetadata().getUid().equals(other.getMetadata().getUid())
        && seen.getMetadata().getGeneration().equals(other.getMetadata().getGeneration());
  }
}
