using System.Text.Json.Nodes;
using Tollgate.Flows.Harness;

namespace Tollgate.Flows.DevPortal;

/// <summary>Accounts that people make and keep for themselves.</summary>
public sealed class AccountTests(SharedNode shared)
{
    private const string SignUp = Portal.DevPortal + "/self-signup";
    private const string ChangePassword = Portal.DevPortal + "/me/change-password";

    private Caller Visitor => new(shared.Http, shared.Node.ManagementUrl, null);

    [Fact]
    public async Task SignUp_UnderTheNameOfADeletedUser_InheritsNothing()
    {
        var name = shared.NewName("leaver");
        var leaver = await shared.DeveloperAsync(name);
        await new Portal(leaver, shared.Node.ManagementUrl).ConsumerAsync(shared.NewName("Left"));
        var users = await shared.Admin.GetAsync($"{Portal.Admin}/users?query={name}").ExpectAsync(200);
        await shared.Admin.DeleteAsync($"{Portal.Admin}/users/{users["list"]![0]!["id"]}").ExpectAsync(200);
        await Visitor.PostAsync(SignUp, Form(name)).ExpectErrorAsync(409, "409");
    }

    [Fact]
    public async Task SignUp_NewName_MakesADeveloperAndNothingMore()
    {
        var name = shared.NewName("joiner");
        var form = Form(name);
        form["email"] = "joiner@example.com";
        await Visitor.PostAsync(SignUp, form).ExpectAsync(201);
        var developer = Caller.Basic(shared.Http, shared.Node.ManagementUrl, name, People.Password);
        await developer.GetAsync(Portal.DevPortal + "/applications").ExpectAsync(200);
        await developer.GetAsync(Portal.Publisher + "/apis").ExpectErrorAsync(401, "401");
        await developer.GetAsync(Portal.Admin + "/users").ExpectErrorAsync(401, "401");
        await Visitor.PostAsync(SignUp, Form(name.ToUpperInvariant())).ExpectErrorAsync(409, "409");
    }

    [Fact]
    public async Task SignUp_RolesOrGroupsInTheForm_AreRefused()
    {
        var form = Form(shared.NewName("climber"));
        form["roles"] = new JsonArray("admin");
        await Visitor.PostAsync(SignUp, form).ExpectErrorAsync(400, "400");
    }

    [Fact]
    public async Task SignUp_PasswordAgainstThePolicy_IsRefused()
    {
        var form = Form(shared.NewName("hasty"));
        form["password"] = "short";
        await Visitor.PostAsync(SignUp, form).ExpectErrorAsync(400, "901452");
    }

    [Fact]
    public async Task ChangePassword_Done_EndsTokensRefreshTokensAndTheOldPassword()
    {
        var name = shared.NewName("changer");
        var developer = await shared.DeveloperAsync(name);
        var consumer = await shared.Portal.ConsumerAsync(shared.NewName("Client"));
        (string, string)[] old = [("grant_type", "password"), ("username", name), ("password", People.Password), ("scope", "apim:subscribe")];
        var before = await shared.Portal.TokenAnswerAsync(consumer, old).ExpectAsync(200);
        var withToken = developer.As((string)before["access_token"]!);
        await withToken.GetAsync(Portal.DevPortal + "/applications").ExpectAsync(200);

        await developer.PostAsync(ChangePassword, Change(People.Password, "another-one-2")).ExpectAsync(200);

        await developer.GetAsync(Portal.DevPortal + "/applications").ExpectErrorAsync(401, "401");
        await withToken.GetAsync(Portal.DevPortal + "/applications").ExpectErrorAsync(401, "401");
        await shared.Portal.TokenAnswerAsync(
            consumer, ("grant_type", "refresh_token"), ("refresh_token", (string)before["refresh_token"]!)).ExpectAsync(400);
        await shared.Portal.TokenAnswerAsync(consumer, old).ExpectAsync(400);
        var after = await shared.Portal.TokenAnswerAsync(
            consumer, ("grant_type", "password"), ("username", name), ("password", "another-one-2"), ("scope", "apim:subscribe")).ExpectAsync(200);
        await developer.As((string)after["access_token"]!).GetAsync(Portal.DevPortal + "/applications").ExpectAsync(200);
        await shared.Portal.TokenAnswerAsync(
            consumer, ("grant_type", "refresh_token"), ("refresh_token", (string)after["refresh_token"]!)).ExpectAsync(200);
    }

    [Fact]
    public async Task ChangePassword_WrongOrWeak_IsRefusedWithTheFieldsCodes()
    {
        var developer = await shared.DeveloperAsync();
        await developer.PostAsync(ChangePassword, Change("not-the-password", "another-one-2")).ExpectErrorAsync(400, "901451");
        await developer.PostAsync(ChangePassword, Change(People.Password, "short")).ExpectErrorAsync(400, "901452");
        await developer.PostAsync(ChangePassword, Change(People.Password, People.Password)).ExpectErrorAsync(400, "901452");
        await developer.GetAsync(Portal.DevPortal + "/applications").ExpectAsync(200);
    }

    private static JsonObject Form(string name) => new() { ["username"] = name, ["password"] = People.Password };

    private static JsonObject Change(string current, string next) => new() { ["currentPassword"] = current, ["newPassword"] = next };
}
