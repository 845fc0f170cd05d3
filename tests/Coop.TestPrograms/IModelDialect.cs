using System.Text.Json.Nodes;

namespace Coop.TestPrograms;

/// <summary>How one provider's interface says a turn.</summary>
internal interface IModelDialect
{
    /// <summary>True when the path is this interface's.</summary>
    bool Owns(string path);

    /// <summary>The request offers tools: the agent's own work, and not a title or a classification on the side.</summary>
    bool IsWork(JsonObject body);

    /// <summary>The answer, whole.</summary>
    /// <param name="path">With its query.</param>
    ModelAnswer Answer(string path, JsonObject body, ModelTurn turn);

    /// <summary>What a request on the side is told.</summary>
    ModelAnswer AnswerAside(string path, JsonObject body) => Answer(path, body, ModelTurn.Say("ok"));
}
