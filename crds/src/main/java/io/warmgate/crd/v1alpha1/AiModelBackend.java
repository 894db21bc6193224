package io.warmgate.crd.v1alpha1;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Categories;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Version;

/**
 * A model at a provider, or several at one place: where they are asked, in whose dialect, with
 * which key. Clients call one model by the object's name, each of several by its own, or by a
 * public name; ApiRoutes name the object in their backendRefs.
 */
@JsonClassDescription(
    "A model at a provider, or several at one place: where they are asked, in whose dialect, with"
        + " which key. Routes of the same namespace name it in their backendRefs.")
@ValidationRule(
    value = "self.metadata.name.size() <= 63",
    message = "metadata.name: at most 63 characters: backendRefs and clients name it")
@AdditionalPrinterColumn(
    name = "Provider",
    type = AdditionalPrinterColumn.Type.STRING,
    jsonPath = ".spec.provider",
    getDescription = "In whose dialect it is asked.")
@AdditionalPrinterColumn(
    name = "Model",
    type = AdditionalPrinterColumn.Type.STRING,
    jsonPath = ".status.model",
    getDescription = "What the provider calls it; of several the first, and how many more.")
@AdditionalPrinterColumn(
    name = "Version",
    type = AdditionalPrinterColumn.Type.STRING,
    jsonPath = ".spec.modelVersion",
    getDescription = "The version that its answers are of.",
    priority = 1)
@AdditionalPrinterColumn(
    name = "Found",
    type = AdditionalPrinterColumn.Type.STRING,
    jsonPath = ".status.versions[0].version",
    getDescription =
        "The version that was found at its server, or heard in its answers, where none is said.",
    priority = 1)
@AdditionalPrinterColumn(
    name = "Spent",
    type = AdditionalPrinterColumn.Type.STRING,
    jsonPath = ".status.usage.costs[0].spent",
    getDescription = "What its calls cost.")
@AdditionalPrinterColumn(
    name = "Saved",
    type = AdditionalPrinterColumn.Type.STRING,
    jsonPath = ".status.usage.costs[0].saved",
    getDescription = "What they would have cost besides, without the caches.")
@AdditionalPrinterColumn(
    name = "Currency",
    type = AdditionalPrinterColumn.Type.STRING,
    jsonPath = ".status.usage.costs[0].currency",
    getDescription = "Of what was spent and saved.",
    priority = 1)
@AdditionalPrinterColumn(
    name = "Output",
    type = AdditionalPrinterColumn.Type.INTEGER,
    jsonPath = ".status.usage.outputTokens",
    getDescription = "Tokens that it wrote.",
    priority = 1)
@AdditionalPrinterColumn(
    name = "SavedOutput",
    type = AdditionalPrinterColumn.Type.INTEGER,
    jsonPath = ".status.usage.savedOutputTokens",
    getDescription = "Tokens that it did not have to write.",
    priority = 1)
@AdditionalPrinterColumn(
    name = "Credentials",
    type = AdditionalPrinterColumn.Type.STRING,
    jsonPath = ".status.conditions[?(@.type==\"CredentialsValid\")].status",
    getDescription = "Whether the provider takes the credential.")
@AdditionalPrinterColumn(
    name = "Ready",
    type = AdditionalPrinterColumn.Type.STRING,
    jsonPath = ".status.conditions[?(@.type==\"Programmed\")].status",
    getDescription = "True when every answering pod of the gateways that serve it has it.")
@AdditionalPrinterColumn(
    name = "Age",
    type = AdditionalPrinterColumn.Type.DATE,
    jsonPath = ".metadata.creationTimestamp",
    getDescription = "How long ago it was created.")
@Group(ApiVersion.GROUP)
@Version(ApiVersion.VERSION)
@ShortNames("aim")
@Categories("warmgate")
public class AiModelBackend extends CustomResource<AiModelBackendSpec, AiModelBackendStatus>
    implements Namespaced {
  private static final long serialVersionUID = 1L;
}
