package io.warmgate.ai.chat;

import java.util.List;

/** Questions without the signatures of a provider that is not asked. */
public final class Unsigned {
  private Unsigned() {}

  /** The same one where there is no signature in it. */
  public static ChatRequest of(ChatRequest request) {
    return isSigned(request)
        ? new ChatRequest(
            request.model(),
            request.turns().stream().map(Unsigned::turn).toList(),
            request.tooling(),
            request.generation(),
            request.delivery(),
            request.extras())
        : request;
  }

  /** Whether any of its calls is signed. */
  public static boolean isSigned(ChatRequest request) {
    return request.turns().stream().anyMatch(Unsigned::isSigned);
  }

  private static boolean isSigned(Turn turn) {
    return turn.parts().stream().anyMatch(part -> !part.equals(part(part)));
  }

  private static Turn turn(Turn turn) {
    List<Part> parts = turn.parts().stream().map(Unsigned::part).toList();
    return new Turn(turn.role(), parts, turn.extras());
  }

  private static Part part(Part part) {
    return switch (part) {
      case Part.ToolCall(String id, String name, String arguments, var extras) ->
          new Part.ToolCall(CallId.of(id).id(), name, arguments, extras);
      case Part.ToolResult(String id, List<Part> content, Part.Result result, var extras) ->
          new Part.ToolResult(CallId.of(id).id(), content, result, extras);
      case Part.Text text -> text;
      case Part.Image image -> image;
      case Part.Reasoning reasoning -> reasoning;
      case Part.HiddenReasoning hidden -> hidden;
      case Part.Refusal refusal -> refusal;
      case Part.Opaque own -> own;
    };
  }
}
