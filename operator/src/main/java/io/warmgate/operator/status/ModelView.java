package io.warmgate.operator.status;

import io.fabric8.kubernetes.api.model.Condition;
import io.warmgate.config.admin.ModelTraffic;
import io.warmgate.crd.v1alpha1.AiModelBackend;
import io.warmgate.crd.v1alpha1.FoundVersion;
import io.warmgate.operator.snapshot.AttachedModel;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one gateway says of a model that its routes name: of the model as this gateway found it.
 *
 * @param gateway its name, in the model's namespace
 * @param conditions as they would be if no other gateway served it
 * @param counted by the gateway's pods of the model, since this operator began
 * @param credential what the gateway's pods say of the one that it is asked with
 * @param found at its server by the gateway's pods; null: nothing
 * @param contextWindow in tokens; null: not known
 */
public record ModelView(
    String gateway,
    AttachedModel attached,
    List<Condition> conditions,
    List<ModelTraffic> counted,
    CredentialWord credential,
    @Nullable FoundVersion found,
    @Nullable Long contextWindow) {
  public ModelView {
    conditions = List.copyOf(conditions);
    counted = List.copyOf(counted);
  }

  /** Whether this is of the same object, in the same form of its spec. */
  boolean isOf(AiModelBackend other) {
    AiModelBackend seen = attached.model();
    return seen.getMetadata().getUid().equals(other.getMetadata().getUid())
        && seen.getMetadata().getGeneration().equals(other.getMetadata().getGeneration());
  }
}
